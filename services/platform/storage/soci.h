// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

// The only way SOCI is included. Debian builds it with Boost support, but its -dev package does not bring Boost; the
// support is header templates for Boost's types, which we do not use, so it is switched off before the first of them.
#include <soci/soci-config.h>
#undef SOCI_HAVE_BOOST
#undef SOCI_HAVE_BOOST_DATE_TIME
#include <soci/blob-exchange.h>
#include <soci/blob.h>
#include <soci/postgresql/soci-postgresql.h>
#include <soci/session.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <soci/statement.h>
